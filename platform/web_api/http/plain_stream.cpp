#include "platform/web_api/http/stream.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <utility>

namespace cashline::http {

namespace {

namespace asio = boost::asio;
constexpr auto awaiting = asio::as_tuple(asio::use_awaitable);

class PlainStream final : public Stream {
public:
    explicit PlainStream(asio::ip::tcp::socket socket) : m_socket(std::move(socket)) { }

    asio::awaitable<std::size_t> read(std::span<char> into) override
    {
        auto const buffer = asio::buffer(into.data(), into.size());
        auto const [error, count] = co_await m_socket.async_read_some(buffer, awaiting);
        co_return error ? 0 : count;
    }

    asio::awaitable<bool> write(Pieces pieces) override
    {
        std::array<asio::const_buffer, 2> const buffers {
            asio::buffer(pieces[0].data(), pieces[0].size()),
            asio::buffer(pieces[1].data(), pieces[1].size()),
        };
        auto const [error, count] = co_await asio::async_write(m_socket, buffers, awaiting);
        co_return !error;
    }

    void finish_sending() override
    {
        boost::system::error_code ignored;
        m_socket.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    }

    void cancel() override
    {
        boost::system::error_code ignored;
        m_socket.cancel(ignored);
    }

    void close() override
    {
        boost::system::error_code ignored;
        m_socket.close(ignored);
    }

private:
    asio::ip::tcp::socket m_socket;
};

}

std::unique_ptr<Stream> make_plain_stream(asio::ip::tcp::socket socket)
{
    return std::make_unique<PlainStream>(std::move(socket));
}

}
