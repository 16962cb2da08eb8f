using FunctionsHost.Worker;

namespace FunctionsHost.Http;

/// <summary>Sends a request on to the worker's own endpoint, beside the invocation that it belongs to: the header names it.</summary>
internal sealed partial class WorkerForwarder(WorkerSupervisor supervisor, ILogger<WorkerForwarder> logger) : IDisposable
{
    private const string Correlation = "x-ms-invocation-id";
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly HashSet<string> OfTheConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Keep-Alive", "Transfer-Encoding",
    };

    private readonly HttpMessageInvoker _network = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    /// <summary>Answers what the worker answers; 500 where the function has failed.</summary>
    public async Task ForwardAsync(HttpContext context, FunctionMetadata function)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(LongestWait);
        try
        {
            var worker = await supervisor.CurrentAsync(limit.Token);
            var invocation = function.ToInvocation(new() { Http = new() });
            var invoking = worker.InvokeAsync(invocation, context.RequestAborted);
            using var request = RequestFor(context, worker.Http, invocation.InvocationId);
            using var response = await _network.SendAsync(request, limit.Token);
            await CopyAsync(response, context.Response, limit.Token);
            await invoking;
        }
        catch (Exception e) when (e is InvocationException or HttpRequestException or OperationCanceledException)
        {
            LogFailed(logger, function.Name, e.Message);
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            }
        }
    }

    public void Dispose() => _network.Dispose();

    private static HttpRequestMessage RequestFor(HttpContext context, Uri http, string invocation)
    {
        var from = context.Request;
        var request = new HttpRequestMessage(new(from.Method), new Uri(http, $"{from.Path}{from.QueryString}"))
        {
            Content = from.ContentLength is not null || from.Headers.TransferEncoding.Count > 0 ? new StreamContent(from.Body) : null,
        };
        foreach (var (name, values) in from.Headers.Where(header => !OfTheConnection.Contains(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        request.Headers.Add(Correlation, invocation);
        return request;
    }

    private static async Task CopyAsync(HttpResponseMessage from, HttpResponse response, CancellationToken cancellation)
    {
        response.StatusCode = (int)from.StatusCode;
        foreach (var (name, values) in from.Headers.Concat(from.Content.Headers).Where(header => !OfTheConnection.Contains(header.Key)))
        {
            response.Headers[name] = values.ToArray();
        }

        await from.Content.CopyToAsync(response.Body, cancellation);
    }

    [LoggerMessage(LogLevel.Error, "Request failed. Function: {Function}, Reason: {Reason}")]
    private static partial void LogFailed(ILogger logger, string function, string reason);
}
