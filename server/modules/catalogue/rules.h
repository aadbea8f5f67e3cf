#pragma once
// Pure rules of the catalogue: no database, no clock.
#include <functional>
#include <span>

#include "modules/catalogue/catalogue.h"
#include "modules/catalogue/routes.h"

namespace baijin::catalogue::rules {

using Known = std::function<bool(std::string_view)>;

// What is wrong with a workflow; none when it may be used. Fields are places in the text
// ("states.3", "transitions.0.to").
std::vector<FieldError> workflow_problems(const WorkflowText& text, const Known& right_is_known,
                                          const Known& guard_is_known);
// States of `before` that `after` no longer has.
std::vector<Slug> states_taken_out(const std::vector<State>& before,
                                   const std::vector<State>& after);

std::vector<FieldError> service_type_problems(const ServiceType& type);
std::vector<FieldError> matrix_problems(const std::vector<PriorityCell>& cells);

// What is wrong with the definition of a field among the `others` that are active.
std::vector<FieldError> field_problems(const CustomField& field,
                                       std::span<const CustomField> others);

// The values after `given` is laid over `before`, for the fields asked for here, in any order.
// Errors are added with "custom_fields.KEY".
JsonMap lay_over(std::span<const CustomField> fields, const JsonMap& before, const JsonMap& given,
                 Audience audience, std::vector<FieldError>& errors);

// Throws Error(invalid, reason) when there are any.
void refuse(std::string_view reason, std::vector<FieldError> problems);

}  // namespace baijin::catalogue::rules
