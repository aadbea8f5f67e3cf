#include "hub/module.h"
#include "modules/files/routes.h"

namespace baijin::files {

// Until it is attached a file is its sender's; then get_file() asks who sees what it hangs on.
constexpr std::string_view own_upload = "{t}.holder IS NULL AND {t}.uploaded_by = $user";

void install(Module& m) {
  m.record<File>({own_upload, own_upload, own_upload, own_upload, "", "", ""});
  m.right("files.upload", "Send files");
  m.event<File>("files.uploaded", "files.upload");
  m.event<File>("files.discarded", "files.upload");
  m.event<File>("files.downloaded", "audit.read");
  m.event<File>("files.link_signed", "audit.read");
  m.create("/files", "files.upload", upload_file)
      .upload()
      .first(store_upload)
      .about("Send a file as the raw body, with its name in the query.");
  m.get("/files/{id}", "signed_in", download_file).raw().about("Download a file.");
  m.get("/files/{id}/meta", "signed_in", get_file_card).about("A file's name, size and type.");
  m.del("/files/{id}", "files.upload", discard_file)
      .about("Take back one's own file that is not attached yet.");
  m.post("/files/{id}/links", "signed_in", sign_link)
      .about("Make a link that downloads the file for a while without signing in.");
  m.get("/file-links", "anyone", download_by_link).raw().about("Download by a signed link.");
  m.daily("files.sweep_unattached", 190, sweep_unattached);
  m.job("files.remove_unused_blob", remove_unused_blob);
  m.check(missing_contents);
}

}  // namespace baijin::files
