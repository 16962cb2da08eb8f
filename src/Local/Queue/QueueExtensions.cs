using Relay;

namespace Local.Queue;

/// <summary>Registers what the Functions host does for the other head.</summary>
public static class QueueExtensions
{
    /// <summary>Adds a listener for each queue, and the one that looks for lost flushes.</summary>
    public static IServiceCollection AddQueues(this IServiceCollection services, LocalQueues queues, QueueSettings settings) => services
        .AddSingleton(queues)
        .AddSingleton(settings)
        .AddListener(provider => queues.ForReports(provider.GetRequiredService<HandleMessage>()))
        .AddListener(provider => queues.ForPoison(provider.GetRequiredService<ParkPoison>()))
        .AddHostedService<RouteResumer>();

    /// <summary>Not <c>AddHostedService</c>, which takes one of a kind.</summary>
    private static IServiceCollection AddListener(this IServiceCollection services, Func<IServiceProvider, QueueWork> work) =>
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<QueueListener>(provider, work(provider)));
}
