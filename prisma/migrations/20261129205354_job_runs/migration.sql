-- CreateTable
CREATE TABLE "job_runs" (
    "job" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "job_runs_pkey" PRIMARY KEY ("job")
);
