/** Synthetic applicants: nobody real, every number made up and valid. */
import type { Answers } from './applicant';

/** A day `days` from now in Taipei, as the form's dates are. */
export function dayFromNow(days: number): string {
  const day = new Date(Date.now() + (days * 24 + 8) * 3_600_000);
  return day.toISOString().slice(0, 10);
}

/** A Hong Kong resident, born there, who asks for the quick permit: no documents are needed. */
export const kQuickVisitor: Answers = {
  permit_kind: 'TEMP_SINGLE',
  status_region: 'HKG',
  perm_resident: true,
  prev_hhr: false,
  ppt_kind: 'HKSAR',
  other_ppt: false,
  birth_country: 'HKG',
  name_zh: '陳大文',
  surname_en: 'CHAN',
  given_en: 'TAI MAN',
  sex: 'M',
  birth_date: '1990-05-17',
  birth_city: '香港',
  id_no_hk: 'A123456(3)',
  ppt_country: 'HKG',
  ppt_no: 'K12345678',
  ppt_issue: '2022-03-01',
  ppt_expiry: '2032-03-01',
  arrival_plan: dayFromNow(20),
  stay_days: 5,
  addr_tw: '臺北市中正區廣州街15號',
  res_country: 'HKG',
  addr_home: '香港九龍彌敦道100號5樓',
  mobile_cc: '852',
  mobile: '51234567',
  email: 'chan.taiman@example.com',
  lang: 'zh-Hant',
  filer_kind: 'SELF',
};

/** The same person asking for a single permit: photo, identity card and passport page are needed. */
export const kVisitorWithDocuments: Answers = {
  ...kQuickVisitor,
  permit_kind: 'SINGLE',
  occupation: 'RETIRED',
  ml_office: false,
  purpose: 'TOURISM',
};
