import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Link,
  Preview,
  Section,
  Text,
} from '@react-email/components';
import { type CSSProperties, Fragment } from 'react';
import type { AccentShades } from '@/lib/core/accent';
import type { Letter } from './letter';

const SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif';
const INK = '#1c1b19';
const MUTED = '#69655d';

// Clients that know no style sheets see the light page; those that do, and prefer it, the dark one.
const darkRules = ({
  dark,
}: AccentShades) => `:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .paper, .paper td { background-color: #141413 !important; }
  .ink { color: #e9e6df !important; }
  .muted { color: #9f9a8f !important; }
  .link { color: ${dark.accent} !important; }
  .rule { border-color: #2b2a27 !important; }
  .paper .action { background-color: ${dark.accent} !important; color: ${dark['accent-ink']} !important; }
}`;

const styles = {
  body: { margin: '0', padding: '32px 16px', backgroundColor: '#fbfaf7', fontFamily: SANS },
  page: { maxWidth: '520px' },
  name: { margin: '0 0 28px', color: INK, fontSize: '15px', fontWeight: 650, lineHeight: '22px' },
  heading: { margin: '0 0 20px', color: INK, fontSize: '22px', fontWeight: 620, lineHeight: '29px' },
  text: { margin: '0 0 14px', color: INK, fontSize: '15px', lineHeight: '23px' },
  section: { margin: '22px 0 24px' },
  button: {
    padding: '11px 18px',
    borderRadius: '6px',
    fontSize: '15px',
    fontWeight: 600,
    lineHeight: '20px',
    textDecoration: 'none',
  },
  small: { margin: '0 0 10px', color: MUTED, fontSize: '13px', lineHeight: '20px' },
  link: { textDecoration: 'underline', overflowWrap: 'anywhere' },
  rule: { margin: '24px 0 16px', borderTop: '1px solid #e4e0d8' },
} satisfies Record<string, CSSProperties>;

/** The one layout of all mail. */
export function LetterMail({ letter }: { letter: Letter }) {
  const { locale, instance, shades, subject, greeting, paragraphs, facts, action, other, closing, footer } =
    letter;
  const { light } = shades;
  const button = { ...styles.button, backgroundColor: light.accent, color: light['accent-ink'] };
  const link = { color: light.accent, ...styles.link };
  return (
    <Html lang={locale}>
      <Head>
        <title>{subject}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{darkRules(shades)}</style>
      </Head>
      <Preview>{paragraphs[0] ?? subject}</Preview>
      <Body className="paper" style={styles.body}>
        <Container style={styles.page}>
          <Text className="ink" style={styles.name} data-skip-in-text>
            {instance}
          </Text>
          <Heading className="ink" style={styles.heading} data-skip-in-text>
            {subject}
          </Heading>
          <Text className="ink" style={styles.text}>
            {greeting}
          </Text>
          {paragraphs.map((paragraph) => (
            <Text key={paragraph} className="ink" style={styles.text}>
              {paragraph}
            </Text>
          ))}
          {facts.length === 0 ? null : (
            <Text className="ink" style={styles.text}>
              {facts.map(({ label, value }) => (
                <Fragment key={label}>
                  {label}: {value}
                  <br />
                </Fragment>
              ))}
            </Text>
          )}
          {action === null ? null : (
            <Section style={styles.section}>
              <Button className="action" href={action.href} style={button}>
                {action.label}
              </Button>
            </Section>
          )}
          {other === null ? null : (
            <Text className="ink" style={styles.text}>
              <Link className="link" href={other.href} style={link}>
                {other.label}
              </Link>
            </Text>
          )}
          <Text className="ink" style={styles.text}>
            {closing}
          </Text>
          <Hr className="rule" style={styles.rule} />
          {action === null ? null : (
            <Text className="muted" style={styles.small} data-skip-in-text>
              {action.hint}
              <br />
              <Link className="link" href={action.href} style={link}>
                {action.href}
              </Link>
            </Text>
          )}
          <Text className="muted" style={styles.small}>
            {footer}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}
