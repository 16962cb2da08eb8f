using Relay.Routes;
using Relay.Slack;

namespace Local.Slack;

/// <summary>Registers the way to Slack.</summary>
public static class LocalSlackExtensions
{
    /// <summary>Adds the client and the destinations of the routes.</summary>
    public static IServiceCollection AddLocalSlack(this IServiceCollection services, LocalOptions options) => services
        .AddSingleton<EmulatorAddress>()
        .AddSingleton<IDestinations>(provider => new LocalDestinations(options, provider.GetRequiredService<EmulatorAddress>()))
        .AddSingleton<ISlackClient>(provider => new HttpSlackClient(
            new HttpClient(SlackNetwork.CreateHandler()),
            bot => EmulatedBot.Is(bot) ? provider.GetRequiredService<EmulatorAddress>().Api : HttpSlackClient.SlackApi,
            provider.GetRequiredService<TimeProvider>()));
}
