using Local.SlackEmulator;

namespace Local.Tests.SlackEmulator;

public sealed class FaultDocumentTests
{
    [Theory]
    [InlineData("", "at $")]
    [InlineData("null", "a fault is a JSON object")]
    [InlineData("[]", "at $")]
    [InlineData("{}", "at $")]
    [InlineData("""{"mode":"explode"}""", "at $.mode")]
    [InlineData("""{"mode":0}""", "at $.mode")]
    [InlineData("""{"mode":"status","status":"500"}""", "at $.status")]
    [InlineData("""{"mode":"status","status":500,"cuont":1}""", "at $.cuont")]
    [InlineData("""{"mode":"status","status":500,"status":501}""", "at $.status")]
    [InlineData("""{"mode":"status","status":500,"retryAfter":1.5}""", "at $.retryAfter")]
    [InlineData("""{"mode":"status"}""", "status is needed in mode status")]
    [InlineData("""{"mode":"status","status":99}""", "status is 200 to 599")]
    [InlineData("""{"mode":"status","status":600}""", "status is 200 to 599")]
    [InlineData("""{"mode":"status","status":204,"body":"x"}""", "status 204 has no body")]
    [InlineData("""{"mode":"status","status":500,"body":null}""", "body is a text")]
    [InlineData("""{"mode":"status","status":500,"seconds":1}""", "seconds belongs to mode hang")]
    [InlineData("""{"mode":"status","status":429,"retryAfter":""}""", "retryAfter is 1 to 100 printable ASCII characters")]
    [InlineData("""{"mode":"status","status":429,"retryAfter":"1\r\nX: y"}""", "retryAfter is 1 to 100 printable ASCII characters")]
    [InlineData("""{"mode":"hang"}""", "seconds is needed in mode hang")]
    [InlineData("""{"mode":"hang","seconds":0}""", "seconds is more than 0, at most 600")]
    [InlineData("""{"mode":"hang","seconds":601}""", "seconds is more than 0, at most 600")]
    [InlineData("""{"mode":"hang","seconds":1,"body":"x"}""", "body and retryAfter need a status")]
    [InlineData("""{"mode":"status","status":500,"count":0}""", "count is 1 or more")]
    [InlineData("""{"mode":"status","status":500,"fraction":1.1}""", "fraction is 0 to 1")]
    [InlineData("""{"mode":"status","status":500,"fraction":0.5,"count":1}""", "count and fraction exclude each other")]
    [InlineData("""{"mode":"status","status":500,"destination":""}""", "destination is a name")]
    public void A_bad_document_is_refused_with_its_reason(string body, string reason)
    {
        Assert.False(FaultDocument.TryParse(body, out _, out var said));

        Assert.EndsWith(reason, said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_document_is_read()
    {
        const string Body = """
            {"mode":"hang","seconds":0.5,"accepted":true,
             "status":500,"body":"x","retryAfter":2,
             "fraction":0.25,"seed":9,"destination":"T1/web"}
            """;

        Assert.True(FaultDocument.TryParse(Body, out var fault, out _));

        Assert.Equal(
            new Fault
            {
                Mode = FaultMode.Hang,
                Seconds = 0.5,
                Status = 500,
                Body = "x",
                RetryAfter = "2",
                Accepted = true,
                Fraction = 0.25,
                Seed = 9,
                Destination = "T1/web",
            },
            fault);
    }
}
