using Functions.Http;

namespace Functions.Tests.Http;

public sealed class ReceiveReportTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_report_is_accepted_once_it_is_in_the_queue(bool gzip)
    {
        var queue = new RecordingQueue();
        var context = Requests.Post(Requests.Report, gzip);

        var body = await context.WriteAsync(await Trigger(queue).RunAsync(context.Request));

        Assert.Equal((202, "application/json", """{"accepted":1}"""), (context.Response.StatusCode, context.Response.ContentType, body));
        Assert.Single(queue.Messages);
    }

    [Theory]
    [InlineData("{", 400)]
    [InlineData("""{"version":2}""", 400)]
    public async Task A_wrong_report_is_answered_with_what_is_wrong(string report, int status)
    {
        var queue = new RecordingQueue();
        var context = Requests.Post(report);

        await context.WriteAsync(await Trigger(queue).RunAsync(context.Request));

        Assert.Equal((status, "application/problem+json"), (context.Response.StatusCode, context.Response.ContentType));
        Assert.Empty(queue.Messages);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task Reports_are_only_posted(string method)
    {
        var queue = new RecordingQueue();
        var context = Requests.Post(Requests.Report);
        context.Request.Method = method;

        await context.WriteAsync(await Trigger(queue).RunAsync(context.Request));

        Assert.Equal((405, "POST"), (context.Response.StatusCode, context.Response.Headers.Allow.ToString()));
        Assert.Empty(queue.Messages);
    }

    [Fact]
    public async Task A_queue_that_is_away_makes_the_sender_wait()
    {
        var context = Requests.Post(Requests.Report);

        await context.WriteAsync(await Trigger(new RecordingQueue { Away = true }).RunAsync(context.Request));

        Assert.Equal((503, "10"), (context.Response.StatusCode, context.Response.Headers.RetryAfter.ToString()));
    }

    private static ReceiveReport Trigger(RecordingQueue queue) => new(queue.UseCase());
}
