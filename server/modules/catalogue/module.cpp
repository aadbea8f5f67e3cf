#include "hub/module.h"

#include "modules/catalogue/routes.h"

namespace baijin::catalogue {
namespace {

// The whole catalogue is for everybody who signed in; what only staff use of it is STAFF_ONLY.
constexpr RowRule for_everybody = seen_by_staff("TRUE");

void install_records(Module& m) {
  m.right("catalogue.read", "Follow changes of the catalogue");
  m.right("catalogue.manage", "Change service types, workflows, categories and custom fields");
  m.record<Workflow>(for_everybody);
  m.record<ServiceType>(for_everybody);
  m.record<Category>(for_everybody);
  m.record<PriorityRule>(for_everybody);
  m.record<CustomField>(seen_by_staff("{t}.staff_only = FALSE"));
  m.event<Workflow>("catalogue.workflow_added", "catalogue.read");
  m.event<Workflow>("catalogue.workflow_changed", "catalogue.read");
  m.event<Workflow>("catalogue.workflow_removed", "catalogue.read");
  m.event<ServiceType>("catalogue.service_type_added", "catalogue.read");
  m.event<ServiceType>("catalogue.service_type_changed", "catalogue.read");
  m.event<ServiceType>("catalogue.service_type_removed", "catalogue.read");
  m.event<Category>("catalogue.category_added", "catalogue.read");
  m.event<Category>("catalogue.category_changed", "catalogue.read");
  m.event<Category>("catalogue.category_removed", "catalogue.read");
  m.event<PriorityRule>("catalogue.priority_changed", "catalogue.read");
  m.event<CustomField>("catalogue.custom_field_added", "catalogue.read");
  m.event<CustomField>("catalogue.custom_field_changed", "catalogue.read");
  m.event<CustomField>("catalogue.custom_field_removed", "catalogue.read");
}

}  // namespace

void install(Module& m) {
  install_records(m);
  m.get("/workflows", "signed_in", list_workflows).about("List the workflows.");
  m.get("/workflows/{id}", "signed_in", get_workflow).about("Show a workflow.");
  m.get("/workflows/{id}/uses", "catalogue.manage", get_workflow_uses)
      .about("Which service types use a workflow, and how many tickets are in its states.");
  m.create("/workflows", "catalogue.manage", add_workflow).about("Add a workflow.");
  m.put("/workflows/{id}", "catalogue.manage", put_workflow).about("Write a workflow anew.");
  m.del("/workflows/{id}", "catalogue.manage", remove_workflow)
      .about("Remove a workflow nothing uses.");
  m.get("/catalogue/guards", "catalogue.manage", list_guards)
      .about("List the conditions that transitions can demand.");
  m.get("/service-types", "signed_in", list_service_types).about("List the service types.");
  m.get("/service-types/{id}", "signed_in", get_service_type).about("Show a service type.");
  m.create("/service-types", "catalogue.manage", add_service_type).about("Add a service type.");
  m.patch("/service-types/{id}", "catalogue.manage", change_service_type)
      .about("Change a service type.");
  m.del("/service-types/{id}", "catalogue.manage", remove_service_type)
      .about("Remove a service type nothing uses.");
  m.get("/categories", "signed_in", list_categories).about("List the category tree.");
  m.get("/categories/{id}", "signed_in", get_category).about("Show a category.");
  m.create("/categories", "catalogue.manage", add_category).about("Add a category.");
  m.patch("/categories/{id}", "catalogue.manage", change_category).about("Change a category.");
  m.del("/categories/{id}", "catalogue.manage", remove_category)
      .about("Remove a category nothing uses.");
  m.get("/priorities", "signed_in", list_priorities).about("Show the priority matrix.");
  m.put("/priorities", "catalogue.manage", put_priorities).about("Write the priority matrix.");
  m.get("/custom-fields", "signed_in", list_custom_fields).about("List the custom fields.");
  m.get("/custom-fields/{id}", "signed_in", get_custom_field).about("Show a custom field.");
  m.create("/custom-fields", "catalogue.manage", add_custom_field).about("Add a custom field.");
  m.patch("/custom-fields/{id}", "catalogue.manage", change_custom_field)
      .about("Change a custom field.");
  m.del("/custom-fields/{id}", "catalogue.manage", remove_custom_field)
      .about("Remove a custom field.");
  m.preset(fill_catalogue);
}

}  // namespace baijin::catalogue
