@echo off
rem The service and its commands, as one command: bin\open-damir-api serve, bin\open-damir-api import A202501.csv.gz
rem The same options of the JVM as bin/open-damir-api sets; without its archive of classes and large pages.
rem JAVA_HOME: the JVM, 17 or newer. OPENDAMIR_JAVA_OPTIONS: more options of the JVM. OPENDAMIR_JAR: quarkus-run.jar.
setlocal
if not defined OPENDAMIR_JAR if exist "%~dp0..\quarkus-run.jar" set "OPENDAMIR_JAR=%~dp0..\quarkus-run.jar"
if not defined OPENDAMIR_JAR set "OPENDAMIR_JAR=%~dp0..\target\quarkus-app\quarkus-run.jar"
if not exist "%OPENDAMIR_JAR%" (
  echo open-damir-api: the program is not built: run mvn -DskipTests package first, or name quarkus-run.jar in OPENDAMIR_JAR 1>&2
  exit /b 1
)
set "OPENDAMIR_JAVA=java"
if defined JAVA_HOME set "OPENDAMIR_JAVA=%JAVA_HOME%\bin\java"
set "OPENDAMIR_OPTIONS="
if "%~1"=="" set "OPENDAMIR_OPTIONS=serve"
if "%~1"=="serve" set "OPENDAMIR_OPTIONS=serve"
if defined OPENDAMIR_OPTIONS set "OPENDAMIR_OPTIONS=-Xmx256m -XX:MaxDirectMemorySize=128m -XX:MaxMetaspaceSize=160m -XX:ReservedCodeCacheSize=64m -XX:+ExitOnOutOfMemoryError -XX:+UseParallelGC -XX:Tier4InvocationThreshold=10000 -XX:Tier4MinInvocationThreshold=1200 -XX:Tier4CompileThreshold=30000"
if "%~1"=="reprotect" set "OPENDAMIR_OPTIONS=-XX:+UseSerialGC -XX:MaxNewSize=96m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:-ShrinkHeapInSteps"
if "%~1"=="fetch" set "OPENDAMIR_OPTIONS=-XX:+UseSerialGC -XX:MaxNewSize=96m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:-ShrinkHeapInSteps"
if "%~1"=="import" set "OPENDAMIR_OPTIONS=-XX:+UseSerialGC -XX:MaxNewSize=96m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:-ShrinkHeapInSteps"
"%OPENDAMIR_JAVA%" %OPENDAMIR_OPTIONS% %OPENDAMIR_JAVA_OPTIONS% -jar "%OPENDAMIR_JAR%" %*
exit /b %ERRORLEVEL%
