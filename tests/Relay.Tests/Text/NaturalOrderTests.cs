using Relay.Text;

namespace Relay.Tests.Text;

public sealed class NaturalOrderTests
{
    [Theory]
    [InlineData("web-10 web-2 web-1", "web-1 web-2 web-10")]
    [InlineData("web web-1 db", "db web web-1")]
    [InlineData("B a C", "a B C")]
    [InlineData("n10 n9 n99999999999999999999999 n100", "n9 n10 n100 n99999999999999999999999")]
    [InlineData("10.0.0.10 10.0.0.9", "10.0.0.9 10.0.0.10")]
    [InlineData("r2b10 r2b9 r1b11", "r1b11 r2b9 r2b10")]
    public void Numbers_in_names_are_ordered_as_numbers(string names, string expected) =>
        Assert.Equal(expected.Split(' '), names.Split(' ').Order(NaturalOrder.Instance));

    [Theory]
    [InlineData("web-01", "web-1")]
    [InlineData("WEB", "web")]
    public void Different_names_are_never_equal(string one, string other) =>
        Assert.Equal(-NaturalOrder.Instance.Compare(one, other), NaturalOrder.Instance.Compare(other, one));
}
