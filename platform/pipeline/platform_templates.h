// Typed results of Platform::write and read. Included by platform.h only.
#pragma once

namespace cashline {

template<class T>
Result<T> Platform::write(
    Caller const& caller, std::function<Result<T>(Unit&)> work, WriteOptions options)
{
    std::optional<T> value;
    std::function<Result<void>(Unit&)> const keep = [&](Unit& unit) -> Result<void> {
        value = TRY(work(unit));
        return {};
    };
    TRY(write(caller, keep, std::move(options)));
    return std::move(*value);
}

template<class T>
Result<T> Platform::read(Caller const& caller, std::function<Result<T>(Reader&)> work)
{
    std::optional<T> value;
    std::function<Result<void>(Reader&)> const keep = [&](Reader& reader) -> Result<void> {
        value = TRY(work(reader));
        return {};
    };
    TRY(read(caller, keep));
    return std::move(*value);
}

}
