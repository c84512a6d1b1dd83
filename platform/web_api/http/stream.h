// One connection's bytes, plain or (later) through TLS, behind one small interface, so that
// everything above is compiled once. Internal to this folder: it shows Asio.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace cashline::http {

class Stream {
public:
    using Pieces = std::array<std::string_view, 2>;

    virtual ~Stream() = default;
    // How many bytes came; nothing once the peer has closed or the connection broke.
    virtual boost::asio::awaitable<std::size_t> read(std::span<char> into) = 0;
    // Whether everything went out.
    virtual boost::asio::awaitable<bool> write(Pieces pieces) = 0;
    virtual void finish_sending() = 0; // the peer sees the end, we can still read
    virtual void cancel() = 0; // pending reads and writes end, the connection stays usable
    virtual void close() = 0; // pending reads and writes end
};

std::unique_ptr<Stream> make_plain_stream(boost::asio::ip::tcp::socket socket);

}
