export type SecurityNotice =
  | 'signed_in'
  | 'password_changed'
  | 'password_reset'
  | 'email_change_requested'
  | 'email_changed';

/** The template of an email and its values. */
export type MailContent =
  /** The link works for 24 hours. */
  | { template: 'verify_email'; username: string; token: string }
  /** A registration used the address of an existing account. */
  | { template: 'account_exists'; username: string }
  /** The link works for 30 minutes. */
  | { template: 'reset_password'; username: string; token: string }
  /** The link works for 24 hours. */
  | { template: 'confirm_new_email'; username: string; token: string }
  /** A paste was shared; `title` is null unless the author chose to include it. */
  | {
      template: 'paste_shared';
      username: string;
      author: string;
      title: string | null;
      slug: string;
      link: string;
    }
  /** Creates an account; the link works for 14 days. */
  | { template: 'invitation'; username: string; author: string; invitation: string }
  /** The code works for 10 minutes. */
  | { template: 'share_code'; username: string; code: string }
  /** For moderators: `fresh` reported pastes came into the queue since the last email, `open` wait in it. */
  | { template: 'new_reports'; username: string; fresh: number; open: number }
  /** For moderators: new members have saved public pastes since the last email, which wait for an approval. */
  | { template: 'new_approvals'; username: string; fresh: number }
  /** For a new member; `reason` is empty if approved. */
  | { template: 'approval_decided'; username: string; outcome: 'approved' | 'declined'; reason: string }
  /** For the owner of a paste; `appeal` is the id of the case, unless it cannot be appealed. */
  | {
      template: 'paste_decided';
      username: string;
      outcome: 'hidden' | 'deleted' | 'restored' | 'upheld';
      slug: string;
      reason: string;
      appeal: string | null;
    }
  /** For a reporter who asked for it. */
  | { template: 'report_decided'; username: string; outcome: 'removed' | 'dismissed' | 'gone'; slug: string }
  | {
      template: 'security_notice';
      username: string;
      notice: SecurityNotice;
      /** RFC 3339. */
      at: string;
      device: string;
      address: string;
      newEmail?: string;
    };
