// The conditions that workflows may name (TKT-3, TKT-8, TKT-9): each looks at one ticket and says
// nothing, or why not.
#include "hub/module.h"
#include "modules/tickets/steps.h"

namespace baijin::tickets {
namespace {

using Reason = std::optional<std::string>;

// What the guards need of a ticket and of its service type.
struct Look {
  bool named = false, assigned = false, responded = false;
  Channel channel = Channel::staff;
  bool changes_customer_system = false, test_required = false, signature_required = false;
};
FIELDS(Look, named, assigned, responded, channel, changes_customer_system, test_required,
       signature_required)

Look look_at(Reader& reader, std::int64_t ticket) {
  auto look = reader.first<Look>(R"(SELECT t.customer IS NOT NULL AND t.contact IS NOT NULL,
      t.assignee IS NOT NULL, t.responded_at IS NOT NULL, t.channel, s.changes_customer_system,
      s.test_required, s.signature_required
      FROM tickets t JOIN service_types s ON s.id = t.service_type
      WHERE t.id = $1 {all: who moves a ticket sees it})",
                                 ticket);
  if (!look) throw not_found();
  return *look;
}

bool has_evidence(Reader& reader, std::int64_t ticket, EvidenceKind kind) {
  return reader.any(R"(SELECT 1 FROM evidence e WHERE e.ticket = $1 AND e.kind = $2
      {all: who moves a ticket sees it} LIMIT 1)",
                    ticket, kind);
}

bool is_waived(Reader& reader, std::int64_t ticket, std::string_view guard) {
  return reader.any(R"(SELECT 1 FROM evidence e WHERE e.ticket = $1 AND e.kind = 'waiver'
      AND e.guard = $2 {all: who moves a ticket sees it} LIMIT 1)",
                    ticket, guard);
}

// Whether the customer was written to: a reply that is sent, or about to be.
bool was_written_to(Reader& reader, std::int64_t ticket) {
  return reader.any(R"(SELECT 1 FROM messages m WHERE m.ticket = $1 AND m.kind = 'reply'
      AND m.from_customer = FALSE AND m.state <> 'withdrawn' {all: who moves a ticket sees it}
      LIMIT 1)",
                    ticket);
}

bool is_spoken(Channel channel) {
  return channel == Channel::phone || channel == Channel::in_person || channel == Channel::chat;
}

Reason customer_named(Reader& reader, std::int64_t ticket) {
  if (look_at(reader, ticket).named) return {};
  return "customer_missing";
}

Reason assignee_set(Reader& reader, std::int64_t ticket) {
  if (look_at(reader, ticket).assigned) return {};
  return "assignee_missing";
}

// Content, time and place are agreed: in a conversation, in writing, or as an appointment.
Reason content_confirmed(Reader& reader, std::int64_t ticket) {
  if (is_spoken(look_at(reader, ticket).channel) || was_written_to(reader, ticket) ||
      has_evidence(reader, ticket, EvidenceKind::appointment)) {
    return {};
  }
  return "content_not_confirmed";
}

Reason diagnosis_present(Reader& reader, std::int64_t ticket) {
  if (has_evidence(reader, ticket, EvidenceKind::diagnosis)) return {};
  return "diagnosis_missing";
}

Reason solution_present(Reader& reader, std::int64_t ticket) {
  if (has_evidence(reader, ticket, EvidenceKind::solution)) return {};
  return "solution_missing";
}

Reason original_recorded(Reader& reader, std::int64_t ticket) {
  if (!look_at(reader, ticket).changes_customer_system ||
      has_evidence(reader, ticket, EvidenceKind::original_configuration) ||
      is_waived(reader, ticket, "original_recorded")) {
    return {};
  }
  return "original_missing";
}

Reason backup_evidenced(Reader& reader, std::int64_t ticket) {
  if (!look_at(reader, ticket).changes_customer_system ||
      has_evidence(reader, ticket, EvidenceKind::backup) ||
      is_waived(reader, ticket, "backup_evidenced")) {
    return {};
  }
  return "backup_missing";
}

// The last test counts: one that failed is a reason to go back.
Reason test_recorded(Reader& reader, std::int64_t ticket) {
  if (!look_at(reader, ticket).test_required) return {};
  auto passed = reader.value<bool>(R"(SELECT e.passed FROM evidence e WHERE e.ticket = $1
      AND e.kind = 'test' {all: who moves a ticket sees it} ORDER BY e.id DESC LIMIT 1)",
                                   ticket);
  if (!passed) return "test_missing";
  if (!*passed) return "test_failed";
  return {};
}

Reason customer_informed(Reader& reader, std::int64_t ticket) {
  if (is_spoken(look_at(reader, ticket).channel) || was_written_to(reader, ticket)) return {};
  return "customer_not_informed";
}

// A customer who confirms while signed in has signed.
Reason form_signed(Reader& reader, std::int64_t ticket) {
  if (reader.actor().kind == ActorKind::contact || !look_at(reader, ticket).signature_required ||
      has_evidence(reader, ticket, EvidenceKind::signature) ||
      is_waived(reader, ticket, "form_signed")) {
    return {};
  }
  return "signature_missing";
}

}  // namespace

void register_guards(Module& m) {
  using catalogue::register_guard;
  register_guard(m, "customer_named", "已指明客户和联系人", "Customer and contact are named",
                 customer_named);
  register_guard(m, "content_confirmed", "已与客户确认内容、时间和地点",
                 "Content, time and place are agreed with the customer", content_confirmed);
  register_guard(m, "assignee_set", "已指定负责人", "Somebody is assigned", assignee_set);
  register_guard(m, "diagnosis_present", "已记录诊断", "A diagnosis is recorded",
                 diagnosis_present);
  register_guard(m, "original_recorded", "已记录原始参数和配置", "Original parameters are recorded",
                 original_recorded);
  register_guard(m, "backup_evidenced", "已有备份凭证", "A backup is evidenced", backup_evidenced);
  register_guard(m, "solution_present", "已记录解决方案", "A solution is recorded",
                 solution_present);
  register_guard(m, "test_recorded", "测试与验证已通过", "A passed test is recorded",
                 test_recorded);
  register_guard(m, "customer_informed", "已告知客户", "The customer has been told",
                 customer_informed);
  register_guard(m, "form_signed", "客户已签字", "The customer has signed", form_signed);
}

}  // namespace baijin::tickets
