namespace Local.Http;

/// <summary><c>GET /metrics</c>: the relay's own numbers, in the text format of Prometheus.</summary>
public static class MetricsEndpoint
{
    /// <summary>Maps it. It tells numbers and the names of routes, and nothing that a play said.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder app)
    {
        var numbers = app.ServiceProvider.GetRequiredService<MeteredNumbers>(); // Counts from now on, not from the first look.
        app.MapGet("/metrics", () => Results.Text(numbers.ToString(), "text/plain; version=0.0.4; charset=utf-8"));
    }
}
