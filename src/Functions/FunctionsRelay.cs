using Functions.Http;
using Functions.Identity;
using Functions.Slack;
using Functions.Storage;
using Functions.Telemetry;
using Hosting;
using Microsoft.Extensions.DependencyInjection;
using Relay;

namespace Functions;

/// <summary>The relay as an Azure Functions app.</summary>
public static class FunctionsRelay
{
    /// <summary>Adds everything that the triggers need. Nothing of it is made before it is asked for.</summary>
    public static IServiceCollection AddFunctionsRelay(this IServiceCollection services, FunctionsOptions options) => services
        .AddRelay(options.Routes, options.Incidents)
        .AddIdentity(options.Identity)
        .AddFunctionsStorage(options.Storage)
        .AddSlack(options.Slack)
        .AddCallers(options.Callers)
        .AddSingleton<RouteResumer>()
        .AddSingleton<StorageHealth>()
        .AddTelemetry(options.Telemetry, options.Identity);
}
