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
}
