import { answerWithBook } from '@/lib/contacts/book-answer';

export function GET(): Promise<Response> {
  return answerWithBook('csv');
}
