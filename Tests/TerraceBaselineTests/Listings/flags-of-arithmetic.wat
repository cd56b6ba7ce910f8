;; Where the last instruction has set the flags by the very value that is tested, no test is emitted: a countdown.
(module
  (func (param i32)
    loop
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0
    end))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 17 00 00 00               jb +0x2e
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   loop
;;     | 001d  49 3b 26                        cmp rsp, [r14]
;;     | 0020  0f 82 0a 00 00 00               jb +0x30
;;     local.get 0
;;     i32.const 1
;;     i32.sub
;;     local.tee 0
;;     | 0026  41 83 ea 01                     sub r10d, 1
;;     br_if 0
;;     | 002a  75 f1                           jne +0x1d
;;   end
;;   end
;;     | 002c  c9                              leave
;;     | 002d  c3                              ret
;;   behind the function
;;     | 002e  0f 0b                           ud2
;;     | 0030  0f 0b                           ud2
;;     | 0032  eb f2                           jmp +0x26
