using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Relay.Reports;
using Reports = Relay.Reports;

namespace Functions.Http;

/// <summary><c>POST /api/reports</c>, for callers with a key.</summary>
public sealed class ReceiveReport(Reports.ReceiveReport receiveReport)
{
    /// <summary>The platform has checked the key.</summary>
    [Function(nameof(ReceiveReport))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "reports")] HttpRequest request) =>
        new AnswerResult(await receiveReport.HandleAsync(
            new ReportRequest(request.Body, request.ContentType, request.Headers.ContentEncoding),
            request.HttpContext.RequestAborted));
}
