using Azure.Monitor.OpenTelemetry.Exporter;
using Functions.Identity;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using Relay.Telemetry;

namespace Functions.Telemetry;

/// <summary>Registers OpenTelemetry.</summary>
public static class TelemetryExtensions
{
    /// <summary>Adds what the worker measures of itself and the relay's own numbers, sent by identity.</summary>
    /// <remarks>Calls over HTTP are not traced: their addresses are secrets.</remarks>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, TelemetryOptions options, IdentityOptions identity)
    {
        var telemetry = services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithMetrics(metrics => metrics.AddMeter(RelayMeter.Name));

        if (options.ConnectionString is { } connection)
        {
            telemetry.UseAzureMonitorExporter(exporter =>
            {
                exporter.ConnectionString = connection;
                exporter.Credential = identity.CreateCredential();

                // Traces are sampled. An alert looks for a line in the log, which may not be left out with its trace.
                exporter.EnableTraceBasedLogsSampler = false;
            });
        }

        return services;
    }
}
