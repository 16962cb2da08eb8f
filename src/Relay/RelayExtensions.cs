using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Relay.DeadLetters;
using Relay.Delivery;
using Relay.Incidents;
using Relay.Routes;
using Relay.State;
using Relay.Storage;
using Relay.Telemetry;

namespace Relay;

/// <summary>Registers the relay.</summary>
public static class RelayExtensions
{
    /// <summary>Adds the use cases. A head adds storage, a Slack client and the destinations of its own.</summary>
    public static IServiceCollection AddRelay(this IServiceCollection services, RouteTable routes, IncidentPolicy policy)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(routes)
            .AddSingleton(policy)
            .AddSingleton<RelayMeter>()
            .AddSingleton<ReportLog>()
            .AddSingleton<DeliveryLog>()
            .AddSingleton<QueueLog>()
            .AddSingleton<HostStore>()
            .AddSingleton<IncidentStore>()
            .AddSingleton<Outbox>()
            .AddSingleton<IncidentStores>()
            .AddSingleton<FlushSchedule>()
            .AddSingleton<PendingIncidents>()
            .AddSingleton<Messenger>()
            .AddSingleton<DeadLetterStore>()
            .AddSingleton<RecordEvents>()
            .AddSingleton<FlushRoute>()
            .AddSingleton(provider => new ReceiveReport(
                provider.GetRequiredService<IMessageQueue>(),
                provider.GetRequiredService<RouteTable>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ReportLog>()))
            .AddSingleton(provider => new HandleMessage(
                provider.GetRequiredService<RecordEvents>(),
                provider.GetRequiredService<FlushRoute>(),
                provider.GetRequiredService<IMessageQueue>(),
                provider.GetRequiredService<QueueLog>()))
            .AddSingleton(provider => new ResumeRoutes(
                provider.GetRequiredService<Outbox>(),
                provider.GetRequiredService<FlushSchedule>()))
            .AddSingleton(provider => new ParkPoison(
                provider.GetRequiredService<DeadLetterStore>(),
                provider.GetRequiredService<RecordEvents>(),
                provider.GetRequiredService<ResumeRoutes>(),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new ReplayParked(
                provider.GetRequiredService<DeadLetterStore>(),
                provider.GetRequiredService<IMessageQueue>(),
                provider.GetRequiredService<TimeProvider>()));
    }
}
