using Functions;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Relay.Redaction;

try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    var options = FunctionsOptions.Read(builder.Configuration, builder.Environment.IsDevelopment());

    builder.ConfigureFunctionsWebApplication();
    builder.Services.AddFunctionsRelay(options);

    _ = Task.Run(() => Redactor.Text("")); // The first report need not wait until the rules are compiled.
    builder.Build().Run();
    return 0;
}
catch (StartException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
