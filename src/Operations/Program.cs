using Operations;

try
{
    return await Commands.RunAsync(args);
}
catch (OperationException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
