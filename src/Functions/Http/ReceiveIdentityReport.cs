using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Functions.Http;

/// <summary><c>POST /api/identity/reports</c>, for callers with an identity in Microsoft Entra, such as a virtual machine's.</summary>
public sealed class ReceiveIdentityReport(Relay.ReceiveReport receiveReport, CallerOptions callers)
{
    /// <summary>Anonymous for the host, because App Service authentication stands before it: whether it does is checked here.</summary>
    [Function(nameof(ReceiveIdentityReport))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "identity/reports")] HttpRequest request) =>
        callers.Refusal(Caller.Of(request)) is { } refusal ? new AnswerResult(refusal) : await receiveReport.AnswerAsync(request);
}
