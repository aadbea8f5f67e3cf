#include "main/modules.h"

#include "modules/accounts/accounts.h"
#include "modules/audit/audit.h"
#include "modules/catalogue/catalogue.h"
#include "modules/customers/customers.h"
#include "modules/files/files.h"
#include "modules/imports/imports.h"
#include "modules/mail/mail.h"
#include "modules/notices/notices.h"
#include "modules/organisation/organisation.h"
#include "modules/portal/portal.h"
#include "modules/products/products.h"
#include "modules/remote_images/remote_images.h"
#include "modules/search/search.h"
#include "modules/tickets/tickets.h"

namespace baijin {

const std::vector<ModuleEntry>& all_modules() {
  static const std::vector<ModuleEntry> modules = {
      {"search", search::install},       {"accounts", accounts::install},
      {"files", files::install},         {"remote_images", remote_images::install},
      {"customers", customers::install}, {"products", products::install},
      {"catalogue", catalogue::install}, {"organisation", organisation::install},
      {"tickets", tickets::install},     {"portal", portal::install},
      {"mail", mail::install},           {"notices", notices::install},
      {"imports", imports::install},     {"audit", audit::install},
  };
  return modules;
}

}  // namespace baijin
