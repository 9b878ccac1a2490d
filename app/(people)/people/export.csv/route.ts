import { answerWithBook } from '@/components/contacts/book-answer';

export function GET(): Promise<Response> {
  return answerWithBook('csv');
}
