#include "base/zip_archive.h"

#include <zip.h>

#include "base/error.h"

namespace detente {

struct ZipArchive::Handle {
    zip_t* zip = nullptr;
    ~Handle() {
        if (zip != nullptr) zip_discard(zip);
    }
};

struct ZipMember::Handle {
    zip_file_t* file = nullptr;
    ~Handle() {
        if (file != nullptr) zip_fclose(file);
    }
};

ZipArchive::ZipArchive(const std::filesystem::path& path, Job job)
    : file_(path.string()), job_(std::move(job)), handle_(std::make_unique<Handle>()) {
    int code = 0;
    handle_->zip = zip_open(file_.c_str(), ZIP_RDONLY, &code);
    if (handle_->zip != nullptr) return;
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string why = zip_error_strerror(&error);
    zip_error_fini(&error);
    throw_file(file_, "cannot be read: " + why);
}

ZipArchive::~ZipArchive() = default;

bool ZipArchive::has(const std::string& member) const {
    return zip_name_locate(handle_->zip, member.c_str(), 0) >= 0;
}

ZipMember ZipArchive::open(const std::string& member, std::uint64_t most) const {
    return {*this, member, most};
}

ZipMember::ZipMember(const ZipArchive& archive, const std::string& member, std::uint64_t most)
    : name_(archive.file() + ": " + member), job_(archive.job_), most_(most), handle_(std::make_unique<Handle>()) {
    if (!archive.has(member)) throw_input(Place{archive.file(), 0, ""}, "the workbook has no part " + member);
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat(archive.handle_->zip, member.c_str(), 0, &stat) == 0 && (stat.valid & ZIP_STAT_SIZE) != 0 &&
        stat.size > most_) {
        too_large();
    }
    handle_->file = zip_fopen(archive.handle_->zip, member.c_str(), 0);
    if (handle_->file == nullptr)
        throw_file(name_, std::string("cannot be read: ") + zip_strerror(archive.handle_->zip));
}

ZipMember::~ZipMember() = default;
ZipMember::ZipMember(ZipMember&& other) noexcept = default;

std::size_t ZipMember::read(char* to, std::size_t size) {
    job_.check();
    const zip_int64_t count = zip_fread(handle_->file, to, size);
    if (count < 0) throw_file(name_, std::string("cannot be read: ") + zip_file_strerror(handle_->file));
    read_ += static_cast<std::uint64_t>(count);
    if (read_ > most_) too_large();  // whatever it said before
    return static_cast<std::size_t>(count);
}

void ZipMember::too_large() const {
    throw_input({Place{name_, 0, ""}, "the part is too large when unpacked", "",
                 "at most " + std::to_string(most_ >> 20U) + " MiB", ""});
}

}  // namespace detente
