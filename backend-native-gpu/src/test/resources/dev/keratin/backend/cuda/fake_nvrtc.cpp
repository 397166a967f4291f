// libnvrtc.so.13 of the fake device: g++ makes a shared library of a kernel.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "fake_cuda.h"

namespace {

struct Program {
  std::string source, log, image;
  std::map<std::string, std::string> headers;
  bool synchronises = false;
};

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream all;
  all << file.rdbuf();
  return all.str();
}

void write(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

/// As NVRTC puts things: no folder of the machine is searched, so every file comes with the program.
bool compile(Program& program, const std::string& folder) {
  std::string text = "#include \"" FAKE_FOLDER "/shim.h\"\n" + program.source;
  size_t kernel = text.find("extern \"C\" __global__");
  if (kernel == std::string::npos) return false;
  text.replace(kernel, strlen("extern \"C\" "), "");
  text += "SHIM_ENTRY(KERNEL, " + std::string(program.synchronises ? "true" : "false") + ")\nSHIM_SIGNATURE(KERNEL)\n";
  for (auto& header : program.headers) write(folder + "/" + header.first, header.second);
  write(folder + "/kernel.cpp", text);
  std::string command = "cd " + folder + " && g++ " FAKE_FLAGS " -shared kernel.cpp -o kernel.so > log 2>&1";
  return system(command.c_str()) == 0;
}

}  // namespace

FAKE int nvrtcVersion(int* major, int* minor) { *major = 13; *minor = 0; return 0; }
FAKE const char* nvrtcGetErrorString(int) { return "NVRTC_ERROR"; }

FAKE int nvrtcCreateProgram(Program** program, const char* source, const char*, int count, const char* const* headers, const char* const* names) {
  if (int status = fake_call(__func__)) return status;
  *program = new Program;
  fake_live("program", 1);
  (*program)->source = source;
  for (int i = 0; i < count; i++) {
    (*program)->headers[names[i]] = headers[i];
    (*program)->synchronises |= strstr(headers[i], "__syncthreads") != nullptr;
  }
  return 0;
}

FAKE int nvrtcCompileProgram(Program* program, int count, const char* const* options) {
  if (int status = fake_call(__func__)) return status;
  std::string all;
  for (int i = 0; i < count; i++) all += std::string(options[i]) + " ";
  for (const char* required : {"--gpu-architecture=sm_90 ", "-default-device ", "--fmad=false "}) {
    if (all.find(required) == std::string::npos) return 5;
  }
  std::string folder = fake_path("nvrtc");
  if (!std::filesystem::create_directory(folder)) return 1;
  bool done = compile(*program, folder);
  program->log = contents(folder + "/log");
  std::string library = contents(folder + "/kernel.so");
  unsigned long long length = library.size();
  program->image = std::string(reinterpret_cast<char*>(&length), sizeof length) + library;
  std::filesystem::remove_all(folder);
  return done ? 0 : 6;
}

FAKE int nvrtcGetCUBINSize(Program* program, size_t* size) { *size = program->image.size(); return 0; }
FAKE int nvrtcGetCUBIN(Program* program, char* image) { memcpy(image, program->image.data(), program->image.size()); return 0; }
FAKE int nvrtcGetProgramLogSize(Program* program, size_t* size) { *size = program->log.size() + 1; return 0; }
FAKE int nvrtcGetProgramLog(Program* program, char* log) { strcpy(log, program->log.c_str()); return 0; }
FAKE int nvrtcDestroyProgram(Program** program) { fake_live("program", -1); delete *program; return 0; }
