import { z } from 'zod';
import { MAX_AVATAR_BYTES } from '../../accounts/users/avatar-image';
import { removeAvatar, setAvatar } from '../../accounts/users/avatars';
import { toUserDto } from '../../accounts/users/dto';
import { findUserById } from '../../accounts/users/queries';
import { userSchema } from '../../accounts/users/schema';
import { AppError, invalidField } from '../../core/errors';
import { invalid, ok, problemAnswer } from '../answers';
import { mediaType, readBytes } from '../body';
import { type ApiApp, type ApiContext, memberOf } from '../context';
import { formOverhead, readForm } from '../form';
import { addRoute } from '../route';

const MAX_FORM_PARTS = 20;
const MAX_UPLOAD = MAX_AVATAR_BYTES + formOverhead(MAX_FORM_PARTS);

const pictureSchema = z.string().meta({ format: 'binary' });
const formSchema = z
  .object({ file: pictureSchema })
  .meta({ description: 'The picture in one part named `file`, with a file name. Other parts are ignored.' });

export function addOwnAvatarRoutes(app: ApiApp): void {
  addRoute(app, {
    method: 'put',
    path: '/api/v1/users/me/avatar',
    operationId: 'setAvatar',
    summary: 'Upload a profile picture: a JPEG, PNG or WebP image up to 4 MiB, cropped to its center square',
    access: 'member',
    scope: 'account',
    request: {
      body: {
        required: true,
        content: {
          'image/*': { schema: pictureSchema },
          'application/octet-stream': { schema: pictureSchema },
          'multipart/form-data': { schema: formSchema },
        },
      },
    },
    responses: {
      200: ok('The user, with the URL of the picture', userSchema),
      400: problemAnswer('The body does not match its headers', 'malformed_body'),
      413: problemAnswer('More than 4 MiB', 'too_large'),
      415: problemAnswer('Not a JPEG, PNG or WebP image, or compressed', 'unsupported_media_type'),
      422: invalid,
    },
    limit: 'avatar',
    handle: async (c) => {
      const { id } = memberOf(c).user;
      await setAvatar(id, await readPicture(c));
      return sendUser(c, id);
    },
  });

  addRoute(app, {
    method: 'delete',
    path: '/api/v1/users/me/avatar',
    operationId: 'removeAvatar',
    summary: 'Reset to the generated picture',
    access: 'member',
    scope: 'account',
    responses: { 200: ok('The user, with the URL of the generated picture', userSchema) },
    limit: 'avatar',
    handle: async (c) => {
      const { id } = memberOf(c).user;
      await removeAvatar(id);
      return sendUser(c, id);
    },
  });
}

async function sendUser(c: ApiContext, id: string): Promise<Response> {
  const user = await findUserById(id);
  if (!user) throw new AppError('unauthorized');
  return c.json(toUserDto(user));
}

/** The body itself, or the one part `file` of a form. */
async function readPicture(c: ApiContext): Promise<Uint8Array> {
  const type = mediaType(c);
  if (type === 'multipart/form-data') return readPart(c);
  if (!type.startsWith('image/') && type !== 'application/octet-stream') {
    throw new AppError('unsupported_media_type');
  }
  return readBytes(c, { max: MAX_UPLOAD });
}

async function readPart(c: ApiContext): Promise<Uint8Array> {
  const parts = await readForm(c, { maxBytes: MAX_UPLOAD, maxParts: MAX_FORM_PARTS });
  const [part, ...others] = parts.filter(({ name }) => name === 'file');
  if (part?.fileName === undefined || others.length > 0) throw invalidField('file', 'image_unreadable');
  return part.content;
}
