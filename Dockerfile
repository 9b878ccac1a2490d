# For one platform: docker build -t sheaf . For both, with emulation for the packages of the other one:
# docker buildx build --platform linux/amd64,linux/arm64 -t registry.example.org/sheaf --push .

# What it makes is JavaScript, so that it runs once, on the machine that builds.
FROM --platform=$BUILDPLATFORM node:24-slim AS build
WORKDIR /app
COPY .npmrc package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && rm -rf .next/cache

# Some packages have native parts, of the platform of the image.
FROM node:24-slim AS packages
WORKDIR /app
COPY .npmrc package.json package-lock.json ./
# The compilers of Next and of its plugin for messages are for builds only.
RUN npm ci --omit=dev && rm -rf node_modules/@next/swc-* node_modules/@swc/core*

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
RUN install -d -o node -g node -m 700 /data
# What runs, without the sources. Owned by root: the service cannot change its code.
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/.next .next
COPY --from=build /app/dist dist
COPY LICENSE package.json ./
COPY prisma/migrations prisma/migrations
COPY public public
COPY scripts/run.mjs scripts/
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/api/ready').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1 and passes the stop signal on; npm in between would not.
CMD ["node", "scripts/run.mjs", "start"]
