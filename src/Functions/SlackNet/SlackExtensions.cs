using Microsoft.Extensions.DependencyInjection;
using Relay.Slack;

namespace Functions.Slack;

public static partial class SlackExtensions
{
    static partial void UseSlackNet(IServiceCollection services) =>
        services.AddSingleton<ISlackClient>(provider =>
            new SlackNetClient(SlackNetwork.CreateHandler(), provider.GetRequiredService<TimeProvider>()));
}
