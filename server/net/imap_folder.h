#pragma once
// A folder of an IMAP server as the hub sees it.
#include <memory>
#include <string_view>

#include "hub/mail_line.h"
#include "net/imap_line.h"

namespace baijin::net {

std::unique_ptr<MailFolder> open_imap_folder(const Outgoing& outgoing, const MailAccount& account,
                                             std::string_view folder, Steps& steps);
std::vector<std::string> imap_folders(const Outgoing& outgoing, const MailAccount& account);

}  // namespace baijin::net
