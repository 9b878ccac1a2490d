import { cva, type VariantProps } from 'class-variance-authority';

export const buttonVariants = cva(
  'inline-flex items-center justify-center gap-2 rounded-md border font-medium whitespace-nowrap transition-colors select-none touch:h-auto touch:min-h-11 touch:min-w-11 touch:py-1 touch:whitespace-normal disabled:opacity-60 disabled:cursor-default aria-busy:opacity-70',
  {
    variants: {
      variant: {
        primary:
          'border-accent bg-accent font-semibold text-accent-ink hover:border-accent-strong hover:bg-accent-strong',
        plain: 'border-edge bg-raised text-ink hover:border-muted',
        quiet: 'border-transparent bg-transparent text-muted hover:bg-wash hover:text-ink',
        danger: 'border-transparent bg-transparent text-danger hover:bg-danger-wash',
        'danger-solid': 'border-danger bg-danger font-semibold text-paper hover:opacity-90',
      },
      size: {
        md: 'h-9 px-3 text-sm',
        lg: 'h-10 px-4 text-base',
        sm: 'h-8 px-2 text-xs',
      },
    },
    defaultVariants: { variant: 'plain', size: 'md' },
  },
);

export type ButtonVariants = VariantProps<typeof buttonVariants>;
