using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Functions.Http;

/// <summary><c>POST /api/reports</c>, for callers with a key.</summary>
public sealed class ReceiveReport(Relay.ReceiveReport receiveReport)
{
    /// <summary>The host has checked the key.</summary>
    [Function(nameof(ReceiveReport))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, Route = "reports")] HttpRequest request) =>
        receiveReport.AnswerAsync(request);
}
