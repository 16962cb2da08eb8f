using Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Relay.Text;

namespace Functions.Http;

/// <summary><c>GET /api/health</c>: whether storage answers.</summary>
public sealed class Health(StorageHealth health)
{
    /// <summary>Anybody may ask.</summary>
    [Function(nameof(Health))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request) =>
        health.AnswerAsync(request.HttpContext.RequestAborted);
}
