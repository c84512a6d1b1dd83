// A value of any type behind one type. std::any converts from everything, so
// std::expected<std::any, E> does not compile; this one only takes values through of().
#pragma once

#include <any>
#include <utility>

namespace cashline {

class Boxed {
public:
    template<class T>
    static Boxed of(T value)
    {
        Boxed boxed;
        boxed.m_content = std::move(value);
        return boxed;
    }
    template<class T>
    T const& as() const
    {
        return std::any_cast<T const&>(m_content);
    }
    template<class T>
    T& as()
    {
        return std::any_cast<T&>(m_content);
    }

private:
    std::any m_content {};
};

}
