using Relay.Slack;

namespace Relay.Tests.Slack;

public sealed class HostRangesTests
{
    [Theory]
    [InlineData("web-1", "web-1")]
    [InlineData("web-2 web-10 web-1", "web-[1:2], web-10")]
    [InlineData("web-08 web-09 web-10 web-11", "web-[08:11]")]
    [InlineData("web-9 web-10", "web-[9:10]")]
    [InlineData("web-09 web-010", "web-09, web-010")]
    [InlineData("web-001.prod web-002.prod web-003.prod db-1", "db-1, web-[001:003].prod")]
    [InlineData("a1-b1 a1-b2 a2-b1 a2-b2", "a1-b[1:2], a2-b[1:2]")]
    [InlineData("10.0.4.17 10.0.4.18 10.0.5.18", "10.0.4.[17:18], 10.0.5.18")]
    [InlineData("web-1 web-1 web-2", "web-[1:2]")]
    [InlineData("i-0123456789012 i-0123456789013", "i-012345678[9012:9013]")]
    [InlineData("alpha beta", "alpha, beta")]
    public void Names_that_count_up_are_a_range_as_Ansible_writes_it(string names, string expected) =>
        Assert.Equal(expected, Text(names.Split(' '), 200));

    [Fact]
    public void Many_hosts_that_count_up_are_one_range() =>
        Assert.Equal("web-[001:200]", Text(Enumerable.Range(1, 200).Reverse().Select(number => $"web-{number:000}"), 60));

    [Fact]
    public void Where_there_is_no_room_whole_names_are_left_out_and_counted()
    {
        var odd = Enumerable.Range(0, 50).Select(number => $"web-{(2 * number) + 1}");

        Assert.Equal("web-1, web-3, web-5 and 47 more", Text(odd, 32));
    }

    [Fact]
    public void Only_a_name_that_alone_is_too_long_is_cut() => Assert.Equal("aaaaaaa… and 1 more", Text([new string('a', 300), "b"], 19));

    [Fact]
    public void A_hundred_thousand_names_are_read_at_once() =>
        Assert.Equal("n-[1:100000]", Text(Enumerable.Range(1, 100_000).Select(number => $"n-{number}"), 60));

    private static string Text(IEnumerable<string> names, int max) => HostRanges.Text(names, max, SlackText.Cut);
}
