using Microsoft.AspNetCore.Http;
using Relay;
using Relay.Reports;

namespace Hosting;

/// <summary>Answers a request that should have a report.</summary>
public static class ReportRequests
{
    /// <summary>What the relay says of it.</summary>
    public static async Task<IResult> AnswerAsync(this ReceiveReport receiveReport, HttpRequest request) =>
        new AnswerResult(await receiveReport.HandleAsync(
            new ReportRequest(request.Body, request.ContentType, request.Headers.ContentEncoding),
            request.HttpContext.RequestAborted));
}
