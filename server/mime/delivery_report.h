#pragma once
// Reports that a machine can read: delivery status notifications (RFC 3464), feedback reports (RFC
// 5965), and Amazon's notices in JSON.
#include <string>
#include <vector>

#include "mime/nature.h"

namespace baijin::mime {

// Of every message/delivery-status in the message, or of one that stands in its text.
std::vector<Failure> read_delivery_status(const Message& message);

// The recipients that a feedback report names.
std::vector<Failure> read_feedback_report(const Message& message);

enum class Notice { none, bounce, complaint, delivery };
// The text of the message is one of Amazon SES's notices.
Notice read_amazon_notice(std::string_view text, std::vector<Failure>& failures);

// The address as base/text.h's Email where it has that form; without "rfc822;", < and >.
std::string reported_address(std::string_view raw);

// Adds it, or completes the one with the same recipient.
void add_failure(std::vector<Failure>& failures, Failure failure);

}  // namespace baijin::mime
