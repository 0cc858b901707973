// bare_responder SOCKET FILE: a FastCGI responder that answers everything with the bytes of a file,
// on four threads as the portal's: what libfcgi costs and nothing else. A limit of `run`.
#include <fcgiapp.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr int kBacklog = 1024;
constexpr int kThreads = 4;

void serve(int socket, const std::string& answer) {
  FCGX_Request request;
  FCGX_InitRequest(&request, socket, 0);
  while (FCGX_Accept_r(&request) >= 0) {
    FCGX_PutStr(answer.data(), static_cast<int>(answer.size()), request.out);
    FCGX_Finish_r(&request);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: bare_responder SOCKET FILE\n";
    return 2;
  }
  std::ifstream file(argv[2], std::ios::binary);
  const std::string body{std::istreambuf_iterator<char>(file), {}};
  const std::string answer =
      "Content-Type: text/html; charset=utf-8\r\nContent-Length: " + std::to_string(body.size()) +
      "\r\n\r\n" + body;
  if (!file || FCGX_Init() != 0) return EXIT_FAILURE;
  const int socket = FCGX_OpenSocket(argv[1], kBacklog);
  if (socket < 0 || ::chmod(argv[1], 0666) != 0) return EXIT_FAILURE;
  std::signal(SIGTERM, [](int) { std::_Exit(EXIT_SUCCESS); });  // it has nothing to finish
  std::vector<std::jthread> threads;
  while (threads.size() < kThreads) threads.emplace_back(serve, socket, std::cref(answer));
}
