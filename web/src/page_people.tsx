// SPDX-License-Identifier: EUPL-1.2
// One chunk holds the pages about accounts; the address says which.
import { type Root } from './api';
import { AccountPage } from './page_account';
import { LogPage } from './page_log';
import { ManagePage } from './page_manage';
import { SignInView } from './page_signin';
import { ready } from './people_parts';

export { ready };
export function PeopleView({ root, place }: { root: Root; place: URL }) {
  const kind = place.pathname.split('/')[1];
  if (kind === 'account') return <AccountPage />;
  if (kind === 'beheer') return <ManagePage />;
  if (kind === 'logboek') return <LogPage place={place} />;
  return <SignInView root={root} place={place} />;
}
