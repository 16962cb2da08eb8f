using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Local.SlackEmulator;

public static class SlackEmulatorRegistration
{
    public static IServiceCollection AddSlackEmulator(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<EmulatedSlack>();
        return services;
    }

    /// <summary>Slack under <c>/slack</c>, and the inbox page at <c>/</c>.</summary>
    public static void MapSlackEmulator(this IEndpointRouteBuilder endpoints)
    {
        var slack = endpoints.MapGroup("/slack");
        slack.MapWebhook();
        slack.MapWebApi();
        slack.MapFaults();
        slack.MapInbox();
        endpoints.MapInboxPage();
    }
}
