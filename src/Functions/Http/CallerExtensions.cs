using Microsoft.Extensions.DependencyInjection;

namespace Functions.Http;

/// <summary>Registers who may report by identity.</summary>
public static class CallerExtensions
{
    /// <summary>Adds the rule.</summary>
    public static IServiceCollection AddCallers(this IServiceCollection services, CallerOptions options) => services.AddSingleton(options);
}
