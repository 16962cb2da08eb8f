using Microsoft.Extensions.Configuration;

namespace Functions.Telemetry;

/// <summary>Where traces, logs and numbers go.</summary>
/// <param name="ConnectionString">Of Application Insights, which names the place and holds no secret; null to keep everything here.</param>
public sealed record TelemetryOptions(string? ConnectionString)
{
    /// <summary>Reads the setting that the host reads too.</summary>
    public static TelemetryOptions Read(IConfiguration configuration) =>
        new(configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 } connection ? connection : null);
}
