#pragma once
// The one folder of a POP3 server (RFC 1939) as the hub sees it.
#include <memory>

#include "hub/mail_line.h"
#include "net/mail_connection.h"

namespace baijin::net {

std::unique_ptr<MailFolder> open_pop3_folder(const Outgoing& outgoing, const MailAccount& account,
                                             Steps& steps);

}  // namespace baijin::net
