# The examples: shipped whole, run and compared by tests/examples.tap. A folder
# holds run.sh, its inputs and `expected`.

examples = %D%/calls %D%/crm %D%/gallery %D%/marketplace %D%/method %D%/night \
	%D%/opportunities %D%/pipeline %D%/sirene
TESTS += tests/examples.tap tests/readme.tap
EXTRA_DIST += %D%/demo.sh $(examples) tests/examples.tap tests/readme.tap
