using Microsoft.Extensions.DependencyInjection;

namespace Functions.Queue;

/// <summary>Registers what the queue's triggers share.</summary>
public static class RouteResumerExtensions
{
    /// <summary>Adds one resumer for the whole instance.</summary>
    public static IServiceCollection AddRouteResumer(this IServiceCollection services) => services.AddSingleton<RouteResumer>();
}
