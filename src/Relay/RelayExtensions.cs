using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Relay.Incidents;
using Relay.Reports;
using Relay.Routes;
using Relay.Storage;

namespace Relay;

/// <summary>Registers the relay.</summary>
public static class RelayExtensions
{
    /// <summary>Adds the use cases. A head adds storage, a Slack client and the destinations of its own.</summary>
    public static IServiceCollection AddRelay(this IServiceCollection services, RouteTable routes, IncidentPolicy policy)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(provider => new RelayRules(routes, policy, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<RelayMeter>()
            .AddSingleton<HostStore>()
            .AddSingleton<IncidentStore>()
            .AddSingleton<Outbox>()
            .AddSingleton<FlushSchedule>()
            .AddSingleton<RouteJournal>()
            .AddSingleton<RouteTurns>()
            .AddSingleton<Agenda>()
            .AddSingleton<Messenger>()
            .AddSingleton<RecordEvents>()
            .AddSingleton<FlushRoute>()
            .AddSingleton<ReceiveReport>()
            .AddSingleton<PoisonStore>()
            .AddSingleton(provider => new HandleMessage(
                provider.GetRequiredService<RecordEvents>(),
                provider.GetRequiredService<FlushRoute>()))
            .AddSingleton(provider => new ResumeRoutes(
                provider.GetRequiredService<Outbox>(),
                provider.GetRequiredService<FlushSchedule>()))
            .AddSingleton(provider => new ParkPoison(
                provider.GetRequiredService<PoisonStore>(),
                provider.GetRequiredService<RecordEvents>(),
                provider.GetRequiredService<ResumeRoutes>(),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new ReplayParked(
                provider.GetRequiredService<PoisonStore>(),
                provider.GetRequiredService<IMessageQueue>(),
                provider.GetRequiredService<TimeProvider>()));
    }
}
