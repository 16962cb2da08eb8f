using System.Diagnostics;
using Local.Http;
using Microsoft.AspNetCore.Http;

namespace Local.Tests.Http;

public sealed class CallerKeyTests
{
    [Theory]
    [InlineData("local", "", true)]
    [InlineData(null, "?code=local", true)]
    [InlineData(null, "?code=loca", false)]
    [InlineData("LOCAL", "", false)]
    [InlineData("", "", false)]
    [InlineData(null, "", false)]
    [InlineData("wrong", "?code=local", false)]
    public void The_key_is_taken_from_the_header_or_else_from_the_query(string? header, string query, bool valid)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString(query);
        if (header is not null)
        {
            request.Headers["x-functions-key"] = header;
        }

        Assert.Equal(valid, new CallerKey("local").IsIn(request));
    }

    /// <remarks>
    /// With a key of a million characters a comparison that stops at the first difference, or at another length, takes
    /// a thousandth of the time of one that does not. The best of many attempts leaves out what else the machine does.
    /// </remarks>
    [Fact]
    public void How_long_a_wrong_key_takes_does_not_say_how_much_of_it_is_right()
    {
        const int Length = 1_000_000;
        var key = new CallerKey(new string('k', Length));
        var nothingRight = Request(new string('x', Length));
        var allButTheLast = Request(new string('k', Length - 1) + "x");
        var onlyTooShort = Request(new string('k', Length - 1));

        var times = new[] { nothingRight, allButTheLast, onlyTooShort }.Select(request => BestTimeOf(() => Assert.False(key.IsIn(request)))).ToList();

        Assert.True(times.Max() < 3 * times.Min(), $"microseconds: {string.Join(", ", times.Select(time => time.TotalMicroseconds))}");
    }

    private static TimeSpan BestTimeOf(Action act) => Enumerable.Range(0, 30).Min(_ =>
    {
        var began = Stopwatch.GetTimestamp();
        act();
        return Stopwatch.GetElapsedTime(began);
    });

    private static HttpRequest Request(string key)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["x-functions-key"] = key;
        return request;
    }
}
