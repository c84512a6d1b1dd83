// Compresses a finished body for clients that accept it: zstd, else brotli, else gzip, each at its
// fastest level, since the work would otherwise dominate the request. Call it on the thread that
// made the body.
#pragma once

#include "platform/web_api/http/message.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace cashline::http {

enum class ContentCoding : std::uint8_t { identity, gzip, brotli, zstd };

// Leaves alone what is small, already encoded, a stream, or of a type that does not shrink.
void compress_response(std::string_view accept_encoding, Response& response);
inline void compress_response(Request const& request, Response& response)
{
    compress_response(request.headers.value("Accept-Encoding"), response);
}

// Whether the client takes this coding, by name or "*", with a weight above zero.
bool accepts_coding(std::string_view accept_encoding, std::string_view coding);
std::string compress(
    std::string_view bytes, ContentCoding coding); // empty when the library refuses

}
