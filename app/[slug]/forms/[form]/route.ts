export { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from '@/lib/api/mount';

export const maxDuration = 60;
