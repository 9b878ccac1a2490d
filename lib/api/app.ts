import { createApi } from './create-api';
import { addOpenApiRoute } from './openapi';
import { addAdminRoutes } from './routes/admin';
import { addApprovalRoutes } from './routes/approvals';
import { addAuditRoutes } from './routes/audit';
import { addAuthRoutes } from './routes/auth';
import { addAvatarRoutes } from './routes/avatars';
import { addComposerRoutes } from './routes/composer';
import { addContactRoutes } from './routes/contacts';
import { addHasteRoutes } from './routes/haste';
import { addLinkRoutes } from './routes/links';
import { addLogoutRoute } from './routes/logout';
import { addOperationRoutes } from './routes/operations';
import { addPasteFormRoutes } from './routes/paste-forms';
import { addPasteRoutes } from './routes/pastes';
import { addPreferenceRoutes } from './routes/preferences';
import { addRawRoutes } from './routes/raw';
import { addReportRoutes } from './routes/reports';
import { addRevisionRoutes } from './routes/revisions';
import { addSecretRoutes } from './routes/secret';
import { addSecurityTextRoute } from './routes/security-text';
import { addSettingsRoutes } from './routes/settings';
import { addShareRoutes } from './routes/shares';
import { addUploadRoute } from './routes/uploads';
import { addUserRoutes } from './routes/users';

/** Everything of Sheaf that is not a page: the same app under Next's route files and under the front. */
export const api = createApi(
  addAuthRoutes,
  addUserRoutes,
  addAdminRoutes,
  addApprovalRoutes,
  addAuditRoutes,
  addSettingsRoutes,
  addContactRoutes,
  addAvatarRoutes,
  addPasteRoutes,
  addUploadRoute,
  addShareRoutes,
  addRevisionRoutes,
  addReportRoutes,
  addRawRoutes,
  addHasteRoutes,
  addSecretRoutes,
  addLinkRoutes,
  addComposerRoutes,
  addPasteFormRoutes,
  addPreferenceRoutes,
  addLogoutRoute,
  addOperationRoutes,
  addSecurityTextRoute,
  addOpenApiRoute,
);
